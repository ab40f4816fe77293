-- Opens a client id and closes the one that is resumed, where both belong to person and device.
-- KEYS  head clients acl
-- ARGV  person device fresh resume-or-nothing grant-or-nothing now cover
-- With `cover` the answer is covered by a WAIT that follows, also where nothing is to be changed (see commit).
local head = redis.call('HMGET', KEYS[1], 'epoch', 'revision', 'chain', 'title', 'acl')
local role = redis.call('HGET', KEYS[3], ARGV[1])
local fresh = redis.call('HGET', KEYS[2], ARGV[3])
if not head[1] or (not role and ARGV[5] == '') then
  return 'none'
end
local binding = ARGV[1] .. ' ' .. ARGV[2]
if fresh and string.sub(fresh, 3, 67) ~= binding then
  return 'taken'
end
local clients = {}
if not fresh then
  clients = { ARGV[3], 'o ' .. binding .. ' 0 0 ' .. ARGV[6] }
end
local resumed, seq, revision = 'nothing', '0', '0'
if ARGV[4] ~= '' then
  local old = redis.call('HGET', KEYS[2], ARGV[4])
  resumed = 'unknown'
  if old and string.sub(old, 3, 67) == binding then
    resumed = 'at'
    seq, revision = string.match(old, ' (%d+) (%d+) %d+$')
    if string.sub(old, 1, 1) == 'o' then
      clients[#clients + 1] = ARGV[4]
      clients[#clients + 1] = 'c' .. string.sub(old, 2)
    end
  end
end
local version = head[5]
if not role then
  version = string.format('%.0f', tonumber(version) + 1)
end

if #clients > 0 then
  redis.call('HSET', KEYS[2], unpack(clients))
elseif ARGV[7] == '1' then
  redis.call('HSET', KEYS[1], 'chain', head[3])
end
if not role then
  role = ARGV[5]
  redis.call('HSET', KEYS[1], 'acl', version)
  redis.call('HSET', KEYS[3], ARGV[1], role)
end
return { 'joined', head[1], head[2], head[3], head[4], version, role, resumed, seq, revision }
