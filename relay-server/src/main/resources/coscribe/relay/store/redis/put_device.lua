-- A device signs in: what it had before is void, since its credentials name another first one.
-- KEYS  device credential
-- ARGV  device person hash expires-at millis-to-keep
redis.call('HLEN', KEYS[1])
redis.call('SET', KEYS[2], ARGV[1] .. ' ' .. ARGV[3], 'PX', ARGV[5])
redis.call('HSET', KEYS[1], 'person', ARGV[2], 'first', ARGV[3], 'newest', ARGV[3], 'expires', ARGV[4], 'before', '', 'until', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
