using System.Numerics;

namespace Spanker.Conformance.Exploration;

/// <summary>A set of threads, one bit each.</summary>
/// <param name="Bits">Bit i stands for thread i.</param>
public readonly record struct ThreadSet(ulong Bits)
{
    /// <summary>No thread.</summary>
    public static ThreadSet None => default;

    /// <summary>True if no thread is in it.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Number of threads in it.</summary>
    public int Count => BitOperations.PopCount(Bits);

    /// <summary>The thread with the lowest number; undefined if empty.</summary>
    public int First => BitOperations.TrailingZeroCount(Bits);

    /// <summary>Threads 0 to <paramref name="count"/> - 1.</summary>
    public static ThreadSet FirstOnes(int count) => new(count >= 64 ? ulong.MaxValue : (1UL << count) - 1);

    /// <summary>The thread alone.</summary>
    public static ThreadSet Of(int thread) => new(1UL << thread);

    /// <summary>True if the thread is in it.</summary>
    public bool Has(int thread) => (Bits >> thread & 1) == 1;

    /// <summary>With the thread.</summary>
    public ThreadSet With(int thread) => new(Bits | 1UL << thread);

    /// <summary>Without the thread.</summary>
    public ThreadSet Without(int thread) => new(Bits & ~(1UL << thread));

    /// <summary>Without those threads.</summary>
    public ThreadSet Except(ThreadSet others) => new(Bits & ~others.Bits);

    /// <summary>The threads of both.</summary>
    public ThreadSet And(ThreadSet others) => new(Bits & others.Bits);

    /// <summary>The threads of either.</summary>
    public ThreadSet Or(ThreadSet others) => new(Bits | others.Bits);

    /// <summary>The n-th thread of the set, counted from 0.</summary>
    public int Nth(int n)
    {
        ulong bits = Bits;
        for (; n > 0; n--)
        {
            bits &= bits - 1;
        }

        return BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>Takes the lowest thread out.</summary>
    public ThreadSet WithoutFirst() => new(Bits & (Bits - 1));
}
