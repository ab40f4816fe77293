-- Sets a person's role, or takes it away. The version moves first: were the rest refused, relays would only read
-- the list once more.
-- KEYS  head acl
-- ARGV  person role-or-nothing channel cover
-- With `cover` the answer is covered by a WAIT that follows, also where nothing is to be changed (see commit).
local version = redis.call('HGET', KEYS[1], 'acl')
if not version then
  return 0
end
local role = redis.call('HGET', KEYS[2], ARGV[1]) or ''
if role ~= ARGV[2] then
  redis.call('HSET', KEYS[1], 'acl', string.format('%.0f', tonumber(version) + 1))
  if ARGV[2] == '' then
    redis.call('HDEL', KEYS[2], ARGV[1])
  else
    redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
  end
  -- Relays look at the version now and then: who may not publish is not refused the rest.
  redis.pcall('PUBLISH', ARGV[3], 'a')
elseif ARGV[4] == '1' then
  redis.call('HSET', KEYS[1], 'acl', version)
end
return 1
