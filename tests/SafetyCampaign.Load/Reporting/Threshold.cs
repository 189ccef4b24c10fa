using System.Globalization;

namespace SafetyCampaign.Load.Reporting;

/// <summary>What a figure must hold: at most or at least so much of a unit.</summary>
/// <param name="Format">How its numbers are written.</param>
internal sealed record Threshold(bool IsMost, double Limit, string Unit, string Format)
{
    public static Threshold AtMost(double limit, string unit, string format = "0.##") => new(true, limit, unit, format);

    public static Threshold AtLeast(double limit, string unit = "", string format = "0.00") => new(false, limit, unit, format);

    public bool Holds(double value) => IsMost ? value <= Limit : value >= Limit;

    public string Say(double value) => $"{value.ToString(Format, CultureInfo.InvariantCulture)} {Unit}".TrimEnd();

    /// <summary>By how much it is missed; empty where it holds.</summary>
    public string Short(double value) =>
        Holds(value) ? "" : IsMost ? $"{value / Limit:0.0} times what was promised" : $"{value / Limit * 100:0} % of what was promised";

    public override string ToString() => $"{(IsMost ? "≤" : "≥")} {Say(Limit)}";
}
