-- A new document, where there is none.
-- KEYS  head log segments snapshot clients acl people
-- ARGV  epoch title owner zero-chain sum bytes
if redis.call('HEXISTS', KEYS[1], 'epoch') == 1 then
  return 'existed'
end
if redis.call('EXISTS', unpack(KEYS)) > 0 then
  return 'damaged'
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'revision', '0', 'chain', ARGV[4], 'title', ARGV[2], 'acl', '1', 'base', '0')
redis.call('HSET', KEYS[4], 'revision', '0', 'chain', ARGV[4], 'sum', ARGV[5], 'bytes', ARGV[6])
redis.call('HSET', KEYS[6], ARGV[3], 'owner')
return 'created'
