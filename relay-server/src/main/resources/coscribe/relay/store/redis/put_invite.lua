-- KEYS  invite
-- ARGV  grants expires uses millis-to-keep
redis.call('HSET', KEYS[1], 'grants', ARGV[1], 'expires', ARGV[2], 'uses', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
