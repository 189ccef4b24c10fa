using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Operations;

/// <summary>A line that a room adds to the banner.</summary>
/// <param name="PathAsync">The path to open, or null when there is nothing to show now.</param>
public sealed record BannerLine(string Chinese, string English, Func<CancellationToken, Task<string?>> PathAsync);

/// <summary>
/// What the console shows once the program listens: the few addresses somebody needs next, each on a line, in both
/// languages because nobody has chosen one yet.
/// </summary>
public sealed class Banner(PublicAddress site, CampaignDbFactory dbFactory, IEnumerable<BannerLine> more, IWebHostEnvironment environment)
{
    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string> { "", Line("网站", "Site", site.Base.ToString()) };
        if (await ShownEventAsync(cancellationToken) is { } shown)
            lines.Add(Addresses(site, shown.Code));
        if (site.Others is { Count: > 0 } others)
        {
            lines.Add($"  手机打不开？这台电脑还有别的地址，用 --{PublicAddress.Setting}=… 选定手机所在的那个网络：");
            lines.Add($"  Phones cannot open it? This machine has other addresses; choose the phones' one by --{PublicAddress.Setting}=…");
            lines.AddRange(others.Select(other => Line("", "", other.ToString())));
        }
        foreach (var line in more)
            if (await line.PathAsync(cancellationToken) is { } path)
                lines.Add(Line(line.Chinese, line.English, new Uri(site.Base, path).ToString()));
        if (site.IsWithoutNetwork)
        {
            lines.Add("  手机连不到这里：这台电脑没有连上网络。连上手机所在的 Wi-Fi，或打开这台电脑的热点，再刷新大屏；不用重新启动");
            lines.Add("  Phones cannot reach this: the machine is in no network. Join the phones' Wi-Fi, or switch on its own hotspot,");
            lines.Add("  and reload the stage; there is no need to start again");
        }
        else if (site.IsThisMachineOnly)
        {
            lines.Add($"  手机连不到这里：用 --urls http://0.0.0.0:{site.Base.Port} 启动，或设置 {PublicAddress.Setting}");
            lines.Add($"  Phones cannot reach this: start with --urls http://0.0.0.0:{site.Base.Port}, or set {PublicAddress.Setting}");
        }
        lines.Add($"  {(environment.IsDevelopment() ? "Development · " : "")}Ctrl+C 停止 · stops");
        lines.Add("");
        return string.Join(Environment.NewLine, lines);
    }

    /// <summary>Where an event is seen and signed.</summary>
    public static string Addresses(PublicAddress site, string code) =>
        Line("大屏", "Stage", site.StagePage(code)) + Environment.NewLine + Line("手机", "Phone", site.PhonePage(code));

    /// <summary>The event somebody at the console most likely wants: the one opened last.</summary>
    private async Task<CampaignEvent?> ShownEventAsync(CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await db.Events.AsNoTracking().Where(e => e.State == EventState.Open).OrderByDescending(e => e.OpenedAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A Chinese character is as wide as two Latin ones, so the padding is computed from the display width.</summary>
    private static string Line(string chinese, string english, string address) =>
        $"  {chinese}{new string(' ', 10 - 2 * chinese.Length)}{english,-8}{address}";
}
