#include "replay_trace.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <sstream>

namespace replay {
namespace {

using nlohmann::json;

constexpr std::streamoff kMostBytes = 64 << 20;
constexpr size_t kMostBeats = 4096;
constexpr long kMostGap = 10000000;
constexpr int kMostDepth = 16;
const char *const kResponses[] = {"OKAY", "EXOKAY", "SLVERR", "DECERR"};
const char *const kBursts[] = {"FIXED", "INCR", "WRAP", "RESERVED"};

// A place in the document, such as transactions[3].beats[0].data.
struct At {
  const json &value;
  std::string path;

  [[noreturn]] void fail(const std::string &expected) const {
    std::string shown = value.dump(-1, ' ', true, json::error_handler_t::replace);
    if (shown.size() > 80) shown = shown.substr(0, 77) + "...";
    throw BadTrace(where() + ": " + shown + "; expected " + expected);
  }

  std::string where() const { return path.empty() ? "the document" : path; }

  bool has(const char *name) const { return value.is_object() && value.contains(name); }

  At member(const char *name) const {
    if (!value.is_object()) fail("an object");
    auto found = value.find(name);
    if (found == value.end()) throw BadTrace(where() + ": no member '" + name + "'");
    return {*found, path.empty() ? name : path + "." + name};
  }

  std::string text() const {
    if (!value.is_string()) fail("a string");
    return value.get<std::string>();
  }

  long number(long least, long most) const {
    if (!value.is_number_integer()) fail("a whole number");
    if (value.is_number_unsigned() ? value.get<uint64_t>() > static_cast<uint64_t>(most) : value.get<int64_t>() < least || value.get<int64_t>() > most) {
      fail(std::to_string(least) + " to " + std::to_string(most));
    }
    return value.get<long>();
  }

  bool truth() const {
    if (!value.is_boolean()) fail("true or false");
    return value.get<bool>();
  }

  template <size_t N>
  int word(const char *const (&words)[N]) const {
    std::string all;
    for (size_t i = 0; i < N; i++) {
      if (value.is_string() && value.get<std::string>() == words[i]) return static_cast<int>(i);
      all += (i == 0 ? "" : ", ") + std::string(words[i]);
    }
    fail("one of " + all);
  }

  // 0x and as many digits as the bits take, most significant first.
  Words hex_words(int bits) const {
    const size_t digits = (static_cast<size_t>(bits) + 3) / 4;
    const std::string form = "0x and " + std::to_string(digits) + " digits of 0-9a-f";
    const std::string found = text();
    if (found.size() != digits + 2 || found.compare(0, 2, "0x") != 0) fail(form);
    Words words{};
    for (size_t i = 0; i < digits; i++) {
      const char c = found[found.size() - 1 - i];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) fail(form);
      words[i / 16] |= static_cast<uint64_t>(digit) << (i % 16 * 4);
    }
    return words;
  }

  template <typename Item>
  void items(size_t most, Item &&item) const {
    if (!value.is_array()) fail("an array");
    if (value.size() > most) throw BadTrace(path + ": " + std::to_string(value.size()) + " items; expected at most " + std::to_string(most));
    for (size_t i = 0; i < value.size(); i++) item(At{value[i], path + "[" + std::to_string(i) + "]"}, i);
  }
};

int field(const At &from, const char *name, long most) { return from.has(name) ? static_cast<int>(from.member(name).number(0, most)) : 0; }

void read_written(const At &from, Transaction &into) {
  const size_t count = from.member("beats").value.is_array() ? from.member("beats").value.size() : 0;
  from.member("beats").items(kMostBeats, [&](const At &beat, size_t i) {
    Beat read;
    read.data = beat.member("data").hex_words(kDataBits);
    read.lanes = static_cast<uint32_t>(beat.member("strb").hex_words(kLanes)[0]);
    read.last = beat.has("last") ? beat.member("last").truth() : i + 1 == count;
    into.beats.push_back(read);
  });
  into.resp = from.member("expect").member("resp").word(kResponses);
}

void read_expected(const At &from, Transaction &into) {
  from.member("expect").member("beats").items(kMostBeats, [&](const At &beat, size_t) {
    Beat read;
    read.data = beat.member("data").hex_words(kDataBits);
    read.lanes = static_cast<uint32_t>(beat.member("mask").hex_words(kLanes)[0]);
    read.resp = beat.member("resp").word(kResponses);
    read.last = beat.member("last").truth();
    into.beats.push_back(read);
  });
}

Transaction read_transaction(const At &from, size_t index) {
  static const char *const kinds[] = {"W", "R"};
  Transaction read;
  read.is_read = from.member("kind").word(kinds) == 1;
  read.id = from.member("id").hex_words(kIdBits)[0];
  read.addr = from.member("addr").hex_words(kAddressBits)[0];
  read.len = static_cast<int>(from.member("len").number(0, 255));
  read.size = static_cast<int>(from.member("size").number(0, 7));
  read.burst = from.member("burst").word(kBursts);
  read.lock = field(from, "lock", 1);
  read.cache = field(from, "cache", 15);
  read.prot = field(from, "prot", 7);
  read.qos = field(from, "qos", 15);
  read.gap = from.has("gap") ? from.member("gap").number(0, kMostGap) : 0;
  if (from.has("after") && !from.member("after").value.is_null()) {
    if (index == 0) from.member("after").fail("null, since nothing is before the first");
    read.after = from.member("after").number(0, static_cast<long>(index) - 1);
  }
  if (read.is_read) {
    read_expected(from, read);
  } else {
    read_written(from, read);
  }
  return read;
}

void check_width(const At &bus, const char *name, int bits) {
  if (bus.member(name).number(0, 1024) != bits) bus.member(name).fail(std::to_string(bits) + ", which the pins of this bench have");
}

}  // namespace

std::vector<Transaction> read_trace(const std::string &path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw BadTrace(path + ": cannot be opened");
  if (file.tellg() < 0 || file.tellg() > kMostBytes) throw BadTrace(path + ": not a file of at most " + std::to_string(kMostBytes) + " bytes");
  file.seekg(0);
  json document;
  try {
    // What a trace nests; the library itself would follow a million brackets, and run out of stack showing them.
    document = json::parse(file, [](int depth, json::parse_event_t, json &) {
      if (depth > kMostDepth) throw BadTrace("nested more than " + std::to_string(kMostDepth) + " deep; no trace is");
      return true;
    });
  } catch (const json::parse_error &wrong) {
    throw BadTrace(path + ": no JSON from byte " + std::to_string(wrong.byte) + " on");
  }
  const At root{document, ""};
  static const char *const schemas[] = {"spanker-axi-trace/1"};
  root.member("schema").word(schemas);
  check_width(root.member("bus"), "data_bits", kDataBits);
  check_width(root.member("bus"), "address_bits", kAddressBits);
  check_width(root.member("bus"), "id_bits", kIdBits);
  std::vector<Transaction> transactions;
  root.member("transactions").items(1000000, [&](const At &item, size_t index) { transactions.push_back(read_transaction(item, index)); });
  return transactions;
}

std::string response_name(int resp) { return kResponses[resp & 3]; }

std::string hex(uint64_t value, int bits) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "0x%0*llx", (bits + 3) / 4, static_cast<unsigned long long>(value));
  return digits;
}

std::string hex(const Words &data) {
  std::string digits = "0x";
  for (int i = kWords - 1; i >= 0; i--) digits += hex(data[i], 64).substr(2);
  return digits;
}

}  // namespace replay
