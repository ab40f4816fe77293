-- One step through the client ids: forgets those which were used last before a time.
-- KEYS  clients
-- ARGV  cursor seconds
local step = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 256)
local before, gone = tonumber(ARGV[2]), {}
for i = 1, #step[2], 2 do
  if #gone < 4000 and tonumber(string.match(step[2][i + 1], '%d+$')) < before then
    gone[#gone + 1] = step[2][i]
  end
end
if #gone > 0 then
  redis.call('HDEL', KEYS[1], unpack(gone))
end
return step[1]
