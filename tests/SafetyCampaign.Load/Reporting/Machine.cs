using System.Runtime.InteropServices;

namespace SafetyCampaign.Load.Reporting;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} "
            + $"GB; {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}";

    private static string Processor() =>
        !File.Exists("/proc/cpuinfo") ? RuntimeInformation.ProcessArchitecture.ToString()
        : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1]
            .Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
}
