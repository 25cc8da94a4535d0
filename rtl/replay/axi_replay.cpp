// Replays a trace (JSON, spanker-axi-trace/1) on a slave behind spanker_axi_slave.h and verifies what comes back, bit for bit.
//   axi_replay TRACE.json SLAVE.so
// Exit code 0: all as expected; 1: a mismatch, each in a line; 2: wrong use, or a trace or library that is none.
#include "replay_bus.h"

#include <dlfcn.h>

#include <cstdio>
#include <exception>

namespace {

template <typename Function>
Function symbol(void *library, const char *name) {
  void *found = dlsym(library, name);
  if (found == nullptr) throw replay::BadTrace(std::string("the library has no ") + name);
  return reinterpret_cast<Function>(found);
}

int run(const char *trace, const char *path) {
  const std::vector<replay::Transaction> transactions = replay::read_trace(trace);
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw replay::BadTrace(dlerror());
  const uint32_t abi = symbol<uint32_t (*)()>(library, "spanker_axi_slave_abi")();
  if (abi != SPANKER_AXI_SLAVE_ABI) throw replay::BadTrace(std::string(path) + ": version and size of the pins are " + replay::hex(abi, 32) + "; expected " + replay::hex(SPANKER_AXI_SLAVE_ABI, 32));
  const auto destroy = symbol<void (*)(spanker_axi_slave *)>(library, "spanker_axi_slave_destroy");
  const replay::Slave slave{
      symbol<void (*)(spanker_axi_slave *, spanker_axi_pins *)>(library, "spanker_axi_slave_eval"),
      symbol<void (*)(spanker_axi_slave *, const spanker_axi_pins *)>(library, "spanker_axi_slave_clock"),
      symbol<spanker_axi_slave *(*)()>(library, "spanker_axi_slave_create")(),
  };
  if (slave.self == nullptr) throw replay::BadTrace(std::string(path) + ": no slave was made");
  replay::Bus bus(slave, transactions);
  bus.run();
  destroy(slave.self);
  std::printf("%zu transactions, %ld beats of R compared, %ld cycles: %ld mismatches\n", transactions.size(), bus.checked_beats(), bus.cycles(), bus.mismatches());
  return bus.mismatches() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: axi_replay TRACE.json SLAVE.so\n");
    return 2;
  }
  try {
    return run(argv[1], argv[2]);
  } catch (const std::exception &wrong) {
    std::fprintf(stderr, "axi_replay: %s\n", wrong.what());
    return 2;
  }
}
