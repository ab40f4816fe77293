-- How a person looks in a document: as before, or the first colour and shape, from the wish on, that the fewest have.
-- KEYS  seats
-- ARGV  person colour shape millis-to-keep, then each person who is here
local t = redis.call('TIME')
local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
local here = {}
for i = 5, #ARGV do
  here[ARGV[i]] = true
end
local colours, shapes, gone = {}, {}, {}
local colour, shape
local kept = redis.call('HGETALL', KEYS[1])
for i = 1, #kept, 2 do
  local c, s, expiry = string.match(kept[i + 1], '^(%d+) (%d+) (%d+)$')
  if tonumber(expiry) <= now and not here[kept[i]] then
    if #gone < 4000 then
      gone[#gone + 1] = kept[i]
    end
  elseif kept[i] == ARGV[1] then
    colour, shape = tonumber(c), tonumber(s)
  else
    -- Who is here counts before all who are away.
    local weight = here[kept[i]] and 4294967296 or 1
    colours[tonumber(c)] = (colours[tonumber(c)] or 0) + weight
    local place = tonumber(c) * 4 + tonumber(s)
    shapes[place] = (shapes[place] or 0) + weight
  end
end
if not colour then
  colour, shape = tonumber(ARGV[2]), tonumber(ARGV[3])
  for i = 1, 7 do
    local at = (tonumber(ARGV[2]) + i) % 8
    if (colours[at] or 0) < (colours[colour] or 0) then
      colour = at
    end
  end
  for i = 1, 3 do
    local at = (tonumber(ARGV[3]) + i) % 4
    if (shapes[colour * 4 + at] or 0) < (shapes[colour * 4 + shape] or 0) then
      shape = at
    end
  end
end
if #gone > 0 then
  redis.call('HDEL', KEYS[1], unpack(gone))
end
local millis = tonumber(ARGV[4])
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d %d %.0f', colour, shape, now + millis))
-- Those who are here keep theirs longer than the key would otherwise live.
if redis.call('PTTL', KEYS[1]) < 2 * millis then
  redis.call('PEXPIRE', KEYS[1], 2 * millis)
end
return { colour, shape }
