-- Replaces a device's refresh credential. A credential's value is `device first`, where `first` is the
-- credential with which the device signed in. Times are milliseconds, far below 2^53.
-- KEYS  device old-credential new-credential
-- ARGV  old new now new-expires grace-until millis-to-keep millis-to-keep-old
local held = redis.call('GET', KEYS[2])
local d = redis.call('HMGET', KEYS[1], 'person', 'first', 'newest', 'expires', 'before', 'until')
redis.call('EXISTS', KEYS[3])
if not held or not d[1] or string.sub(held, 34) ~= d[2] then
  return 'unknown'
end
local now = tonumber(ARGV[3])
local newest = d[3] == ARGV[1]
if newest and now >= tonumber(d[4]) then
  return 'unknown'
end
if not newest and not (d[5] == ARGV[1] and now < tonumber(d[6])) then
  redis.call('DEL', KEYS[1])
  return { 'reused', d[1] }
end
redis.call('SET', KEYS[3], held, 'PX', ARGV[6])
redis.call('HSET', KEYS[1], 'newest', ARGV[2], 'expires', ARGV[4], 'before', ARGV[1], 'until', newest and ARGV[5] or d[6])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[7])
return { 'rotated', d[1] }
