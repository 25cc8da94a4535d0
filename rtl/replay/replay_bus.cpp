#include "replay_bus.h"

namespace replay {
namespace {

constexpr long kResetCycles = 4;
constexpr long kQuietCycles = 64;        // after the end, in which nothing may come
constexpr long kStuckCycles = 100000;    // without a handshake, beyond what gaps ask for
constexpr long kMostMismatches = 100;    // that are printed

}  // namespace

Bus::Bus(const Slave &slave, const std::vector<Transaction> &transactions) : slave_(slave), transactions_(transactions), ended_(transactions.size()) {}

void Bus::run() {
  for (long i = 0; i < kResetCycles; i++) cycle();
  pins_.aresetn = 1;
  while (!is_done()) {
    begin(writes_, false);
    begin(reads_, true);
    cycle();
    if (still_ > kStuckCycles) {
      for (const Direction *each : {&writes_, &reads_}) {
        if (each->current < 0) continue;
        const Transaction &stuck = transactions_[static_cast<size_t>(each->current)];
        mismatch(each->current, static_cast<long>(each->beat), "progress", stuck.is_read ? "R" : each->is_address_done && each->beat == stuck.beats.size() ? "B" : "READY",
                 "nothing for " + std::to_string(kStuckCycles) + " clocks");
      }
      return;
    }
  }
  for (long i = 0; i < kQuietCycles; i++) cycle();
}

// Transactions of a direction go out in their order; what one waits for is of either direction, and all before that of its own.
void Bus::begin(Direction &direction, bool is_read) {
  if (direction.current >= 0) return;
  while (direction.next < transactions_.size() && transactions_[direction.next].is_read != is_read) direction.next++;
  if (direction.next == transactions_.size()) return;
  const Transaction &next = transactions_[direction.next];
  if (direction.gap < 0) {
    if (next.after >= 0 && !has_ended(next.after)) return;
    direction.gap = next.gap;
  }
  still_ = 0;
  if (direction.gap-- > 0) return;
  const long index = static_cast<long>(direction.next++);
  direction = {direction.next, index, -1, 0, false, false};
}

bool Bus::has_ended(long index) const { return ended_[static_cast<size_t>(index)]; }

void Bus::cycle() {
  drive();
  slave_.eval(slave_.self, &pins_);
  slave_.clock(slave_.self, &pins_);
  cycles_++;
  if (!pins_.aresetn) return;
  const bool moves = (pins_.awvalid & pins_.awready) | (pins_.wvalid & pins_.wready) | (pins_.bvalid & pins_.bready) | (pins_.arvalid & pins_.arready) |
                     (pins_.rvalid & pins_.rready);
  still_ = moves ? 0 : still_ + 1;
  take_write();
  take_read();
}

void Bus::drive() {
  const bool writes = writes_.current >= 0, reads = reads_.current >= 0;
  pins_.bready = pins_.rready = pins_.aresetn;
  pins_.awvalid = writes && !writes_.is_address_done;
  pins_.wvalid = writes && writes_.beat < transactions_[static_cast<size_t>(writes_.current)].beats.size();
  pins_.arvalid = reads && !reads_.is_address_done;
  if (pins_.awvalid) {
    const Transaction &t = transactions_[static_cast<size_t>(writes_.current)];
    pins_.awid = static_cast<uint8_t>(t.id);
    pins_.awaddr = t.addr;
    pins_.awlen = static_cast<uint8_t>(t.len);
    pins_.awsize = static_cast<uint8_t>(t.size);
    pins_.awburst = static_cast<uint8_t>(t.burst);
    pins_.awlock = static_cast<uint8_t>(t.lock);
    pins_.awcache = static_cast<uint8_t>(t.cache);
    pins_.awprot = static_cast<uint8_t>(t.prot);
    pins_.awqos = static_cast<uint8_t>(t.qos);
  }
  if (pins_.wvalid) {
    const Beat &beat = transactions_[static_cast<size_t>(writes_.current)].beats[writes_.beat];
    for (int i = 0; i < kWords; i++) pins_.wdata[i] = beat.data[static_cast<size_t>(i)];
    pins_.wstrb = beat.lanes;
    pins_.wlast = beat.last;
  }
  if (pins_.arvalid) {
    const Transaction &t = transactions_[static_cast<size_t>(reads_.current)];
    pins_.arid = static_cast<uint8_t>(t.id);
    pins_.araddr = t.addr;
    pins_.arlen = static_cast<uint8_t>(t.len);
    pins_.arsize = static_cast<uint8_t>(t.size);
    pins_.arburst = static_cast<uint8_t>(t.burst);
    pins_.arlock = static_cast<uint8_t>(t.lock);
    pins_.arcache = static_cast<uint8_t>(t.cache);
    pins_.arprot = static_cast<uint8_t>(t.prot);
    pins_.arqos = static_cast<uint8_t>(t.qos);
  }
}

void Bus::take_write() {
  if (pins_.awvalid && pins_.awready) writes_.is_address_done = true;
  if (pins_.wvalid && pins_.wready) writes_.beat++;
  if (pins_.bvalid && pins_.bready) {
    if (writes_.current < 0 || writes_.is_answered) {
      mismatch(writes_.current, -1, "B", "none", "id " + hex(pins_.bid, kIdBits) + " " + response_name(pins_.bresp));
    } else {
      const Transaction &t = transactions_[static_cast<size_t>(writes_.current)];
      if (pins_.bid != t.id) mismatch(writes_.current, -1, "id", hex(t.id, kIdBits), hex(pins_.bid, kIdBits));
      if (pins_.bresp != t.resp) mismatch(writes_.current, -1, "resp", response_name(t.resp), response_name(pins_.bresp));
      writes_.is_answered = true;
    }
  }
  if (writes_.current >= 0 && writes_.is_address_done && writes_.is_answered && writes_.beat == transactions_[static_cast<size_t>(writes_.current)].beats.size()) end(writes_);
}

void Bus::take_read() {
  if (pins_.arvalid && pins_.arready) reads_.is_address_done = true;
  if (pins_.rvalid && pins_.rready) take_r();
  if (reads_.current >= 0 && reads_.is_address_done && reads_.beat >= transactions_[static_cast<size_t>(reads_.current)].beats.size()) end(reads_);
}

void Bus::take_r() {
  Words data{};
  for (int i = 0; i < kWords; i++) data[static_cast<size_t>(i)] = pins_.rdata[i];
  if (reads_.current < 0) {
    mismatch(-1, -1, "R", "none", "id " + hex(pins_.rid, kIdBits) + " " + response_name(pins_.rresp) + " " + hex(data));
    return;
  }
  const Beat &expected = transactions_[static_cast<size_t>(reads_.current)].beats[reads_.beat];
  const uint64_t id = transactions_[static_cast<size_t>(reads_.current)].id;
  const long beat = static_cast<long>(reads_.beat++);
  checked_beats_++;
  Words wanted{}, seen{};
  for (int lane = 0; lane < kLanes; lane++) {
    if ((expected.lanes >> lane & 1) == 0) continue;
    const uint64_t byte = UINT64_C(0xff) << (lane % 8 * 8);
    wanted[static_cast<size_t>(lane / 8)] |= expected.data[static_cast<size_t>(lane / 8)] & byte;
    seen[static_cast<size_t>(lane / 8)] |= data[static_cast<size_t>(lane / 8)] & byte;
  }
  if (wanted != seen) mismatch(reads_.current, beat, ("data under mask " + hex(expected.lanes, kLanes)).c_str(), hex(wanted), hex(seen));
  if (pins_.rid != id) mismatch(reads_.current, beat, "id", hex(id, kIdBits), hex(pins_.rid, kIdBits));
  if (pins_.rresp != expected.resp) mismatch(reads_.current, beat, "resp", response_name(expected.resp), response_name(pins_.rresp));
  if (pins_.rlast != expected.last) mismatch(reads_.current, beat, "last", expected.last ? "true" : "false", pins_.rlast ? "true" : "false");
}

void Bus::end(Direction &direction) {
  ended_[static_cast<size_t>(direction.current)] = true;
  ended_count_++;
  direction.current = -1;
}

void Bus::mismatch(long index, long beat, const char *what, const std::string &expected, const std::string &actual) {
  if (mismatches_++ >= kMostMismatches) return;
  std::string where = "no transaction";
  if (index >= 0) {
    const Transaction &t = transactions_[static_cast<size_t>(index)];
    where = "transaction " + std::to_string(index) + " (" + (t.is_read ? "R" : "W") + " id " + hex(t.id, kIdBits) + " at " + hex(t.addr, kAddressBits) + ")";
  }
  if (beat >= 0) where += ", beat " + std::to_string(beat);
  std::printf("%s: %s: expected %s, actual %s\n", where.c_str(), what, expected.c_str(), actual.c_str());
}

}  // namespace replay
