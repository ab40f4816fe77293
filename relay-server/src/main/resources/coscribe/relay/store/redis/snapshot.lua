-- Keeps a snapshot that is newer than the kept one and of this history.
-- KEYS  head log snapshot
-- ARGV  revision chain sum bytes
local function after(a, b)
  return #a > #b or (#a == #b and a > b)
end
local head = redis.call('HMGET', KEYS[1], 'revision', 'chain', 'base')
local kept = redis.call('HGET', KEYS[3], 'revision')
if not head[1] or not kept or not after(ARGV[1], kept) or after(ARGV[1], head[1]) then
  return 'unchanged'
end
local chain = head[2]
if ARGV[1] ~= head[1] then
  local at = redis.call('HGET', KEYS[2], ARGV[1])
  chain = at and string.sub(at, 1, 64)
end
if chain ~= ARGV[2] then
  return 'unchanged'
end
redis.call('HSET', KEYS[3], 'revision', ARGV[1], 'chain', ARGV[2], 'sum', ARGV[3], 'bytes', ARGV[4])
return { 'kept', head[1], head[3] }
