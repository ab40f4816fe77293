-- An account, and whether it makes its person an admin.
-- KEYS  accounts admins
-- ARGV  person account is-admin
redis.call('HLEN', KEYS[2])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[2], ARGV[1], '1')
else
  redis.call('HDEL', KEYS[2], ARGV[1])
end
return 1
