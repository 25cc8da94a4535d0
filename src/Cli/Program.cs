using System.Runtime.InteropServices;
using Spanker.Conformance.Cli;

using CancellationTokenSource interrupt = new();

// The first signal ends the command in good order; a second one ends the process as the system would.
void End(PosixSignalContext context)
{
    context.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
}

using PosixSignalRegistration onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
return CommandLine.Invoke(args, CommandHost.OfProcess(interrupt.Token));
