// Drives a slave with a trace, one transaction a direction at a time, and holds what comes back against what is expected.
#ifndef SPANKER_REPLAY_BUS_H
#define SPANKER_REPLAY_BUS_H

#include "replay_trace.h"
#include "spanker_axi_slave.h"

#include <cstdio>

namespace replay {

// The functions of a slave's library.
struct Slave {
  void (*eval)(spanker_axi_slave *, spanker_axi_pins *);
  void (*clock)(spanker_axi_slave *, const spanker_axi_pins *);
  spanker_axi_slave *self;
};

class Bus {
 public:
  Bus(const Slave &slave, const std::vector<Transaction> &transactions);

  // Runs to the end of the trace, or until nothing moves any longer.
  void run();

  long cycles() const { return cycles_; }
  long mismatches() const { return mismatches_; }
  long checked_beats() const { return checked_beats_; }

 private:
  // What one direction is doing.
  struct Direction {
    size_t next = 0;      // where to look for the next transaction of the direction
    long current = -1;    // the transaction that was offered and has not ended
    long gap = -1;        // idle clocks left of the next one; -1 until what it waits for has ended
    size_t beat = 0;      // beats sent, or received
    bool is_address_done = false, is_answered = false;
  };

  void cycle();
  void begin(Direction &direction, bool is_read);
  bool has_ended(long index) const;
  void drive();
  void take_write();
  void take_read();
  void take_r();
  void end(Direction &direction);
  void mismatch(long index, long beat, const char *what, const std::string &expected, const std::string &actual);
  bool is_done() const { return ended_count_ == transactions_.size(); }

  const Slave slave_;
  const std::vector<Transaction> &transactions_;
  std::vector<bool> ended_;
  size_t ended_count_ = 0;
  Direction writes_, reads_;
  spanker_axi_pins pins_{};
  long cycles_ = 0, still_ = 0, mismatches_ = 0, checked_beats_ = 0;
};

}  // namespace replay

#endif
