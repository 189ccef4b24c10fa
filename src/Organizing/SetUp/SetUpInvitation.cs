using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Organizing.SetUp;

/// <summary>
/// The one-time address under which the first administrator sets up the desk. Printed at start to whoever runs the
/// program; another one after each restart, and none once there is an account.
/// </summary>
public sealed class SetUpInvitation(CampaignDbFactory dbFactory)
{
    private readonly string token = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The path to open, or null once an account exists.</summary>
    public async Task<string?> PathAsync(CancellationToken cancellationToken = default) =>
        await IsOpenAsync(cancellationToken) ? DeskRoutes.SetUp(token) : null;

    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken = default)
    {
        await using var db = dbFactory.Open();
        return !await db.Users.AnyAsync(cancellationToken);
    }

    public async Task<bool> AdmitsAsync(string offered, CancellationToken cancellationToken = default) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(token))
            && await IsOpenAsync(cancellationToken);
}
