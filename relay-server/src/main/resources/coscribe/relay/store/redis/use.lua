-- Notes that a person uses a document now, by this server's clock; never earlier than was noted before.
-- KEYS  used
-- ARGV  document
local now = redis.call('TIME')
return redis.call('ZADD', KEYS[1], 'GT', now[1] .. string.format('%03d', math.floor(tonumber(now[2]) / 1000)), ARGV[1])
