// A trace in the JSON form spanker-axi-trace/1, read for replay: what the master is to do and what is expected back.
#ifndef SPANKER_REPLAY_TRACE_H
#define SPANKER_REPLAY_TRACE_H

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace replay {

// The bus of generation A.
constexpr int kDataBits = 256, kAddressBits = 48, kIdBits = 4, kLanes = kDataBits / 8, kWords = kDataBits / 64;

using Words = std::array<uint64_t, kWords>;  // lowest first

struct Beat {
  Words data{};
  uint32_t lanes = 0;  // WSTRB, or what is compared of RDATA
  bool last = false;
  int resp = 0;  // of a read
};

struct Transaction {
  bool is_read = false;
  uint64_t id = 0, addr = 0;
  int len = 0, size = 0, burst = 0, lock = 0, cache = 0, prot = 0, qos = 0;
  long gap = 0, after = -1;
  std::vector<Beat> beats;  // written, or expected
  int resp = 0;             // expected of a write
};

// The document is not what it should be; the message says where and what would be right.
struct BadTrace : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::vector<Transaction> read_trace(const std::string &path);

std::string response_name(int resp);
std::string hex(uint64_t value, int bits);
std::string hex(const Words &data);

}  // namespace replay

#endif
