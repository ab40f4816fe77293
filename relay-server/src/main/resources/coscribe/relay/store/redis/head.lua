-- Where the log ends; with `cover` covered by a WAIT that follows (see commit).
-- KEYS  head
-- ARGV  cover
local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'chain')
if head[1] and head[3] and ARGV[1] == '1' then
  redis.call('HSET', KEYS[1], 'chain', head[3])
end
return head
