using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>Master and slave models together keep every rule, however either takes its time.</summary>
public sealed class ModelTests
{
    private const long Cycles = 30_000;

    public static TheoryData<string> GenerationA => [.. StallSetting.GenerationA.Select(setting => setting.Name)];

    public static TheoryData<string, int, int, int> General
    {
        get
        {
            TheoryData<string, int, int, int> rows = [];
            foreach (StallSetting setting in StallSetting.General)
            {
                foreach ((int data, int address, int id) in new[] { (8, 16, 4), (32, 32, 0), (64, 40, 4), (256, 48, 4), (1024, 64, 8) })
                {
                    rows.Add(setting.Name, data, address, id);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(GenerationA))]
    public void Random_traffic_of_generation_A_fails_no_rule(string name)
    {
        StallSetting setting = StallSetting.GenerationA.Single(each => each.Name == name);

        AxiVerdict verdict = ModelBench.Run(AxiBusShape.ProfileA, AxiProfile.GenerationA, setting, seed: 11, Cycles, out long completed);

        Assert.Empty(ModelBench.Violations(verdict));
        Assert.True(verdict.IsComplete);
        Assert.True(completed > 50, $"{completed} completed");
    }

    [Theory]
    [MemberData(nameof(General))]
    public void Random_traffic_of_any_shape_fails_no_rule(string name, int dataBits, int addressBits, int idBits)
    {
        StallSetting setting = StallSetting.General.Single(each => each.Name == name);

        OrderCount order = new();

        AxiVerdict verdict = ModelBench.Run(new(dataBits, addressBits, idBits), profile: null, setting, seed: 12, Cycles, out long completed, probe: order);

        Assert.Empty(ModelBench.Violations(verdict));
        Assert.True(verdict.IsComplete);
        Assert.True(completed > 50, $"{completed} completed");

        // Of one id all is in order; of several, where the slave may, it must have happened. A memory that takes no time ends most writes in the order of their data.
        bool reorders = setting.Slave.Reorders && idBits > 0;
        Assert.Equal(reorders, order.Overtaken.Reads > 0);
        Assert.True(reorders ? order.Overtaken.Writes > 0 || setting.Slave.MaxExtraLatencyCycles == 0 : order.Overtaken.Writes == 0, $"{order.Overtaken.Writes} writes overtook");
        Assert.Equal(setting.Slave.Interleaves && idBits > 0, order.Interleaved > 0);
    }
}
