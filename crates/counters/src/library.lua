#!lua name=grand_dialogue_v1

-- What must happen at one instant inside Redis. Loaded as a function library on every master; a change of
-- what a function takes, does or answers needs a new version in every name here.
--
-- The counts of a poll are one hash: the `generation` and `position` they stand at, how many bytes
-- were `added` since they were last replaced, and numbered pieces whose sum they are. What is in a piece is
-- not known here: adding up is done by who reads, so that a function's time hardly depends on how much
-- changes. (Rows of counts taken apart and added up in Lua cost 5 to 10 µs a proposal.)

-- Whether the counts stand there; two empty texts stand for nowhere.
local function stand_at(counts, generation, position)
  local stands = redis.call('HMGET', counts, 'generation', 'position')
  return (stands[1] or '') == generation and (stands[2] or '') == position
end

-- counts | generation, position, new position, piece
-- Adds a piece where the counts stand there. How many fields and bytes there are to add up since the last
-- replacement; nothing when the counts stand elsewhere, and nothing is changed.
local function apply(keys, args)
  local counts = keys[1]
  if not stand_at(counts, args[1], args[2]) then
    return {}
  end
  -- No field is ever taken away, so that their number names the next piece.
  local fields = redis.call('HLEN', counts)
  redis.call('HSET', counts, 'position', args[3], 'piece ' .. fields, args[4])
  return {fields + 1, redis.call('HINCRBY', counts, 'added', #args[4])}
end

-- staged counts | life in milliseconds, then fields and values
-- Adds to counts that nobody sees yet. Abandoned, they vanish.
local function stage(keys, args)
  redis.call('HSET', keys[1], unpack(args, 2))
  redis.call('PEXPIRE', keys[1], args[1])
  return 1
end

-- counts, staged counts | generation and position, number of fields staged
-- Puts the staged counts in place of those that stand there: 1. Otherwise removes the stage: 0.
local function replace(keys, args)
  local counts, staged = keys[1], keys[2]
  if not stand_at(counts, args[1], args[2]) then
    redis.call('UNLINK', staged)
    return 0
  end
  if redis.call('HLEN', staged) ~= tonumber(args[3]) then
    return redis.error_reply('STAGE the staged counts are not whole any more')
  end
  redis.call('UNLINK', counts) -- frees them in the background, which RENAME would not
  redis.call('RENAME', staged, counts)
  redis.call('PERSIST', counts)
  return 1
end

-- budgets | for each: how long a spent one takes to be full again, and one piece to come back, in ms
-- Takes one piece from each in turn (the generic cell rate algorithm; the clock is that of Redis, the same
-- for every server). For each: 0 when it was taken, else how many milliseconds to wait.
local function take(keys, args)
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local stored = redis.call('MGET', unpack(keys))
  local spent, waits = {}, {}
  for i, budget in ipairs(keys) do
    local full_again = math.max(spent[budget] or tonumber(stored[i] or 0), now) + args[2 * i]
    local wait = full_again - now - args[2 * i - 1]
    if wait > 0 then
      waits[i] = wait
    else
      spent[budget] = full_again
      waits[i] = 0
    end
  end
  for budget, full_again in pairs(spent) do
    -- A budget that is full again need not be known.
    redis.call('PSETEX', budget, full_again - now, string.format('%d', full_again))
  end
  return waits
end

-- Answers where these functions are loaded.
local function ready()
  return 1
end

redis.register_function('gd_v1_apply', apply)
redis.register_function('gd_v1_stage', stage)
redis.register_function('gd_v1_replace', replace)
redis.register_function('gd_v1_take', take)
redis.register_function{function_name = 'gd_v1_ready', callback = ready, flags = {'no-writes'}}
