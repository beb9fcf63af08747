-- Load for the benchmark: goes through a list of addresses. In each, '@' is
-- replaced by a number that never comes twice, so that no cache can help; '#' by
-- parameters that choose nothing, spelled in a way that never comes twice.
-- Environment: BENCH_URLS (a file), BENCH_SEED, BENCH_ETAGS (a file, optional:
-- the entity tag of each address, sent as If-None-Match), BENCH_GZIP.
local urls, etags = {}, nil
for line in io.lines(os.getenv("BENCH_URLS")) do urls[#urls + 1] = line end
if os.getenv("BENCH_ETAGS") then
    etags = {}
    for line in io.lines(os.getenv("BENCH_ETAGS")) do etags[#etags + 1] = line end
end
local n = tonumber(os.getenv("BENCH_SEED") or "0")

-- The n-th way to spell them: each letter as it is or percent-encoded, in upper
-- or lower case.
local plain = "place=located&lang=kk"
local function spelled(n)
    return (plain:gsub("%a", function(letter)
        local code = string.format("%%%02x", letter:byte())
        local ways = { letter, code }
        if code:upper() ~= code then ways[3] = code:upper() end
        local way = ways[n % #ways + 1]
        n = math.floor(n / #ways)
        return way
    end))
end

function request()
    n = n + 1
    local k = n % #urls + 1
    local url = urls[k]:gsub("@", string.format("%07d", n % 10000000))
    if url:find("#", 1, true) then
        url = url:gsub("#", (spelled(n):gsub("%%", "%%%%")))
    end
    local headers = {}
    if os.getenv("BENCH_GZIP") then headers["Accept-Encoding"] = "gzip" end
    if etags then headers["If-None-Match"] = etags[k] end
    return wrk.format("GET", url, headers)
end

function done(summary, latency)
    io.write(string.format(
        'RESULT {"requests":%d,"bytes":%d,"us":%d,"errors":%d,"p50":%d,"p99":%d}\n',
        summary.requests, summary.bytes, summary.duration,
        summary.errors.connect + summary.errors.read + summary.errors.write +
            summary.errors.status + summary.errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
