-- The access list and its version, of one moment.
-- KEYS  head acl
local version = redis.call('HGET', KEYS[1], 'acl')
if not version then
  return 'absent'
end
return { 'access', version, redis.call('HGETALL', KEYS[2]) }
