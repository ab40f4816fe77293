-- Moves a run of the log into a segment, unless another relay did. What is written first harms nobody if the rest
-- does not follow.
-- KEYS  head log segments
-- ARGV  base new-base number segment, then every revision of the run
local base = redis.call('HGET', KEYS[1], 'base')
if base ~= ARGV[1] then
  return 0
end
redis.call('HEXISTS', KEYS[2], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
redis.call('HSET', KEYS[1], 'base', ARGV[2])
redis.call('HDEL', KEYS[2], unpack(ARGV, 5))
return 1
