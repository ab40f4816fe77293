-- Takes one use of an invite for a device; the same device again gets the same answer.
-- KEYS  invite
-- ARGV  device candidate now
local invite = redis.call('HMGET', KEYS[1], 'grants', 'expires', 'uses', 'by ' .. ARGV[1])
if not invite[1] then
  return 'unknown'
end
if invite[4] then
  return { 'redeemed', invite[4], invite[1] }
end
if tonumber(ARGV[3]) >= tonumber(invite[2]) then
  return { 'expired', invite[2] }
end
local uses = tonumber(invite[3])
if uses < 1 then
  return 'used'
end
redis.call('HSET', KEYS[1], 'uses', string.format('%.0f', uses - 1), 'by ' .. ARGV[1], ARGV[2])
return { 'redeemed', ARGV[2], invite[1] }
