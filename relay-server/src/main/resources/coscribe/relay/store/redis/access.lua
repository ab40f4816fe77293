-- The access list, its version and the title, of one moment.
-- KEYS  head acl
local head = redis.call('HMGET', KEYS[1], 'acl', 'title')
if not head[1] then
  return 'absent'
end
return { 'access', head[1], redis.call('HGETALL', KEYS[2]), head[2] }
