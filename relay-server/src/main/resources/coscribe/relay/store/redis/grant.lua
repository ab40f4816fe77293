-- Sets a person's role, or takes it away. The version moves first: were the rest refused, relays would only read
-- the list once more.
-- KEYS  head acl
-- ARGV  person role-or-nothing channel
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
end
return 1
