-- All that is kept of a document beside text and log, of one moment.
-- KEYS  head acl clients
local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'chain', 'acl', 'title')
if not head[1] then
  return 'absent'
end
return { 'whole', head[1], head[2], head[3], head[4], head[5], redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]) }
