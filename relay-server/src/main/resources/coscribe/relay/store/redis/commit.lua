-- Appends entries if the head is still the expected one. Every check comes before the first write, and the
-- first write is the only one that can still fail (no room, read only, wrong type): an error in the middle
-- of a script would leave what was written before it. Revisions and seqs are compared as decimal strings.
-- Without a channel the relay publishes, after replicas confirmed by the WAIT that follows; and as that covers only
-- what is written here, an answer that tells of earlier commits writes once more what the head says.
-- KEYS  head log clients acl people turn
-- ARGV  relay epoch revision chain channel-or-nothing now, then for each entry
--       client seq seq-before author needs revision chain bytes
local RANK = { viewer = 0, commenter = 1, editor = 2, owner = 3 }
local FIRST, WIDTH = 7, 8
local CARRIED, MISSING, MISSING_BYTES = 16384, 256, 1048576

local function after(a, b)
  return #a > #b or (#a == #b and a > b)
end

local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'chain', 'base')
if not head[1] then
  return 'absent'
end
if not (head[2] and head[3] and head[4]) then
  return { 'damaged', 'head' }
end
local function told(what)
  return { what, head[1], head[2], head[3] }
end
local function covered(answer)
  if ARGV[5] == '' then
    redis.call('HSET', KEYS[1], 'chain', head[3])
  end
  return answer
end

local turn = redis.call('GET', KEYS[6])
if turn and turn ~= ARGV[1] then
  return { 'turn', redis.call('PTTL', KEYS[6]) }
end

local expected = ARGV[3]
if head[1] ~= ARGV[2] or after(expected, head[2]) then
  return told('forked')
end
local archived = false
local chain = head[3]
if expected == '0' then
  chain = string.rep('0', 64)
elseif expected ~= head[2] then
  archived = not after(expected, head[4])
  if not archived then
    local at = redis.call('HGET', KEYS[2], expected)
    if not at then
      return { 'damaged', expected }
    end
    chain = string.sub(at, 1, 64)
  end
end
if not archived and chain ~= ARGV[4] then
  return told('forked')
end

local last, roles, known = {}, {}, {}
local log, clients, people, message, size = {}, {}, {}, {}, 0
for i = FIRST, #ARGV, WIDTH do
  local index = (i - FIRST) / WIDTH
  local id, seq, before, author, revision, bytes = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 5], ARGV[i + 7]
  local client = redis.call('HGET', KEYS[3], id)
  if not client then
    return { 'closed', index }
  end
  local stored, at = string.match(client, ' (%d+) (%d+) %d+$')
  if not at then
    return { 'damaged', id }
  end
  if not after(seq, stored) then
    return covered({ 'duplicate', index, at, head[2], head[3] })
  end
  if string.sub(client, 1, 1) ~= 'o' or string.sub(client, 3, 34) ~= author or (last[id] or stored) ~= before then
    return { 'closed', index }
  end
  last[id] = seq
  if roles[author] == nil then
    roles[author] = redis.call('HGET', KEYS[4], author)
    known[author] = redis.call('HEXISTS', KEYS[5], author) == 1
  end
  if not roles[author] or RANK[roles[author]] < RANK[ARGV[i + 4]] then
    return { 'refused', index }
  end
  log[#log + 1] = revision
  log[#log + 1] = ARGV[i + 6] .. bytes
  clients[#clients + 1] = id
  clients[#clients + 1] = string.sub(client, 1, 67) .. ' ' .. seq .. ' ' .. revision .. ' ' .. ARGV[6]
  if not known[author] then
    known[author] = true
    people[#people + 1] = author
    people[#people + 1] = revision
  end
  message[#message + 1] = #bytes .. ' ' .. ARGV[i + 6] .. bytes
  size = size + #bytes
end

if archived or (expected ~= head[2] and after(head[4], expected)) then
  return told('archived')
end
if expected ~= head[2] then
  local answer, carried = told('moved'), 0
  local first = tonumber(expected) -- below 2^53, as every revision: exact
  for offset = 1, MISSING do
    local revision = string.format('%.0f', first + offset)
    if after(revision, head[2]) then
      break
    end
    local value = redis.call('HGET', KEYS[2], revision)
    if not value then
      return { 'damaged', revision }
    end
    carried = carried + #value
    if carried > MISSING_BYTES then
      return told('archived')
    end
    answer[#answer + 1] = value
  end
  return covered(answer)
end

local revision, hash = ARGV[#ARGV - 2], ARGV[#ARGV - 1]
redis.call('HSET', KEYS[2], unpack(log))
redis.call('HSET', KEYS[1], 'revision', revision, 'chain', hash)
redis.call('HSET', KEYS[3], unpack(clients))
if #people > 0 then
  redis.call('HSET', KEYS[5], unpack(people))
end
if ARGV[5] == '' then
  return 'appended'
end
-- The log is the truth: who may not publish is not refused the commit.
if size <= CARRIED then
  redis.pcall('PUBLISH', ARGV[5], 'c' .. ARGV[FIRST + 5] .. ' ' .. #message .. ' ' .. table.concat(message))
else
  redis.pcall('PUBLISH', ARGV[5], 'h' .. ARGV[FIRST + 5] .. ' ' .. revision .. ' ' .. hash)
end
return 'appended'
