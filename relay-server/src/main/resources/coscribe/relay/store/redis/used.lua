-- What a person used, last first: document and milliseconds, by turns. Of one millisecond the greater ids come first.
-- KEYS  used
-- ARGV  most millis-or-nothing document-or-nothing
local most = tonumber(ARGV[1])
local found = {}
local from = '+inf'
if ARGV[2] ~= '' then
  from = '(' .. ARGV[2]
  for _, document in ipairs(redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[2], ARGV[2])) do
    if document < ARGV[3] and #found < 2 * most then
      found[#found + 1] = document
      found[#found + 1] = ARGV[2]
    end
  end
end
local left = most - #found / 2
if left > 0 then
  for _, word in ipairs(redis.call('ZREVRANGEBYSCORE', KEYS[1], from, '-inf', 'WITHSCORES', 'LIMIT', '0', tostring(left))) do
    found[#found + 1] = word
  end
end
return found
