-- Grants a document's turn for some milliseconds, where nobody else has it.
-- KEYS  head turn
-- ARGV  relay millis
local holder = redis.call('GET', KEYS[2])
if redis.call('HEXISTS', KEYS[1], 'epoch') == 0 or (holder and holder ~= ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
