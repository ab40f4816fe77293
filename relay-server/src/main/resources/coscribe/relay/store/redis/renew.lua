-- Notes who is present, and forgets who is no more. The time is Redis', so that relays need not agree on it.
-- KEYS  presence
-- ARGV  millis-to-live, then client and record for each
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
local kept = redis.call('HGETALL', KEYS[1])
local gone, fields = {}, {}
for i = 1, #kept, 2 do
  if #gone < 4000 and tonumber(string.match(kept[i + 1], '^%d+')) <= now then
    gone[#gone + 1] = kept[i]
  end
end
local expiry = string.format('%.0f', now + tonumber(ARGV[1]))
for i = 2, #ARGV, 2 do
  fields[#fields + 1] = ARGV[i]
  fields[#fields + 1] = expiry .. ':' .. ARGV[i + 1]
end
if #gone > 0 then
  redis.call('HDEL', KEYS[1], unpack(gone))
end
if #fields > 0 then
  redis.call('HSET', KEYS[1], unpack(fields))
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return #fields / 2
