-- Who is present now: client and record for each.
-- KEYS  presence
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
local kept = redis.call('HGETALL', KEYS[1])
local answer = {}
for i = 1, #kept, 2 do
  local expiry, record = string.match(kept[i + 1], '^(%d+):(.*)$')
  if tonumber(expiry) > now then
    answer[#answer + 1] = kept[i]
    answer[#answer + 1] = record
  end
end
return answer
