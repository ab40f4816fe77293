-- Whether a relay's newest mark is here; written again, so that a WAIT that follows covers it (see commit).
-- KEYS  mark
-- ARGV  number milliseconds
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
