-- Calls a document something else, where the person is its owner or an editor. The version moves with the title, in
-- one write, so that other relays look again.
-- KEYS  head acl
-- ARGV  person title channel cover
-- With `cover` the answer is covered by a WAIT that follows, also where nothing is to be changed (see commit).
local head = redis.call('HMGET', KEYS[1], 'acl', 'title')
local role = redis.call('HGET', KEYS[2], ARGV[1])
if not head[1] or not role then
  return 'absent'
end
if role ~= 'owner' and role ~= 'editor' then
  return 'refused'
end
if head[2] ~= ARGV[2] then
  redis.call('HSET', KEYS[1], 'acl', string.format('%.0f', tonumber(head[1]) + 1), 'title', ARGV[2])
  -- Relays look at the version now and then: who may not publish is not refused the rest.
  redis.pcall('PUBLISH', ARGV[3], 'a')
elseif ARGV[4] == '1' then
  redis.call('HSET', KEYS[1], 'acl', head[1])
end
return 'renamed'
