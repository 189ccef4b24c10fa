using System.Globalization;

namespace SafetyCampaign.Storage;

/// <summary>
/// The scene that was on the stage, as <see cref="AuditEntry.Detail"/> says it: its kind and its number. Lines written before the number
/// was have the kind alone.
/// </summary>
/// <param name="Kind">The name of its kind.</param>
/// <param name="Id">Null in an old line.</param>
public sealed record AuditedScene(string Kind, int? Id)
{
    private const char Separator = ':';

    /// <summary>What a line says; null where no scene was on.</summary>
    public static AuditedScene? Read(string? detail)
    {
        if (string.IsNullOrEmpty(detail))
            return null;
        var at = detail.IndexOf(Separator, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(detail.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new AuditedScene(detail[..at], id)
            : new AuditedScene(detail, null);
    }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public override string ToString() => Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Kind}{Separator}{id}") : Kind;
}
