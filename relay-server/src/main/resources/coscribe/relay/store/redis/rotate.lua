-- Replaces a device's refresh credential. A credential's value is `device first parent`, where `first` is
-- the credential with which the device signed in and `parent` the one that this one replaced, if any.
-- Times are milliseconds, far below 2^53.
-- KEYS  device old-credential new-credential parent-of-old
-- ARGV  old new now new-expires millis-to-keep millis-to-keep-void
local held = redis.call('GET', KEYS[2])
local d = redis.call('HMGET', KEYS[1], 'person', 'first', 'newest', 'expires', 'before', 'until', 'at')
redis.call('EXISTS', KEYS[3])
redis.call('EXISTS', KEYS[4])
if not held or not d[1] or string.match(held, '^%S+ (%S+)') ~= d[2] then
  return 'unknown'
end
local now = tonumber(ARGV[3])
local newest = d[3] == ARGV[1]
if not newest and d[5] ~= ARGV[1] then
  redis.call('DEL', KEYS[1])
  return { 'reused', d[1] }
end
local till = newest and d[4] or d[6]
if now >= tonumber(till) then
  return 'unknown'
end
if not newest and d[7] and now < tonumber(d[7]) then
  return 'late' -- who asked has given up, asked again and has the newest one
end
redis.call('SET', KEYS[3], string.match(held, '^%S+ %S+') .. ' ' .. ARGV[1], 'PX', ARGV[5])
redis.call('HSET', KEYS[1], 'newest', ARGV[2], 'expires', ARGV[4], 'before', ARGV[1], 'until', till, 'at', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
if newest then
  redis.call('PEXPIRE', KEYS[4], ARGV[6])
end
return { 'rotated', d[1] }
