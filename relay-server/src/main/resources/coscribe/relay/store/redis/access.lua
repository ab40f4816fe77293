-- The access list, its version and the title, of one moment.
-- With `cover` covered by a WAIT that follows (see commit): a version that is lost again would come back with another list.
-- KEYS  head acl
-- ARGV  cover
local head = redis.call('HMGET', KEYS[1], 'acl', 'title')
if not head[1] then
  return 'absent'
end
if ARGV[1] == '1' then
  redis.call('HSET', KEYS[1], 'acl', head[1])
end
return { 'access', head[1], redis.call('HGETALL', KEYS[2]), head[2] }
