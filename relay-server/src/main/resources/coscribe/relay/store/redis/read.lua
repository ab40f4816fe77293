-- Log entries after a revision, as far as they are not in segments. A gap in the log ends the answer with a nil.
-- KEYS  head log
-- ARGV  after max-entries max-bytes cover
-- With `cover` an answer that tells of later commits is covered by a WAIT that follows (see commit).
local function after(a, b)
  return #a > #b or (#a == #b and a > b)
end
local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'chain', 'base')
if not head[1] then
  return 'absent'
end
local answer = { 'read', head[1], head[2], head[3], head[4], false }
if after(ARGV[1], head[2]) then
  answer[1] = 'beyond'
  return answer
end
if ARGV[1] == '0' then
  answer[6] = string.rep('0', 64)
elseif ARGV[1] == head[2] then
  answer[6] = head[3]
elseif after(ARGV[1], head[4]) then
  local at = redis.call('HGET', KEYS[2], ARGV[1])
  answer[6] = at and string.sub(at, 1, 64)
end
if ARGV[4] == '1' and after(head[2], ARGV[1]) then
  redis.call('HSET', KEYS[1], 'chain', head[3])
end
if after(head[4], ARGV[1]) then
  return answer
end
local first, bytes = tonumber(ARGV[1]), 0 -- below 2^53, as every revision: exact
for offset = 1, tonumber(ARGV[2]) do
  local revision = string.format('%.0f', first + offset)
  if after(revision, head[2]) then
    break
  end
  local value = redis.call('HGET', KEYS[2], revision)
  bytes = bytes + (value and #value - 64 or 0)
  if bytes > tonumber(ARGV[3]) and offset > 1 then
    break
  end
  answer[#answer + 1] = value
  if not value then
    break
  end
end
return answer
