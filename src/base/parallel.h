// parallel_for: independent pieces of work spread over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace kastell {

// The number of threads meant by a request: 0 is one per processor.
unsigned thread_count(unsigned requested);

// Calls work(item, worker) for every item in [0, count), each once, from up to `threads` threads (as
// thread_count reads it); returns when all are done. Items begin in rising order. Worker 0 is the calling
// thread; worker < threads, so it can choose a scratch space. `work` must not throw. When the system
// grants fewer threads, those it grants do all the work.
void parallel_for(std::size_t count, unsigned threads, const std::function<void(std::size_t, unsigned)>& work);

}  // namespace kastell
