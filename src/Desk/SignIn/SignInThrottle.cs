using System.Security.Cryptography;
using System.Text;

namespace SafetyCampaign.Desk;

/// <summary>What somebody offers to prove who they are.</summary>
public enum SignInProof
{
    Password,

    /// <summary>Of an authenticator app, or a recovery code; the password was right.</summary>
    Code,

    /// <summary>Cannot be guessed, so only the browser is slowed down.</summary>
    Passkey,
}

/// <summary>A try to tell the password of an account, or to pass its second step.</summary>
/// <param name="Account">Its id; null where no account has the name.</param>
/// <param name="Name">The name as it is looked up.</param>
/// <param name="Address">Where the try comes from.</param>
/// <param name="Visitor">The browser that the sign-in form was given to.</param>
/// <param name="KnownDevice">Set where this browser has signed in to this account before, or is signed in now.</param>
/// <param name="Proof">What is offered.</param>
public sealed record SignInAttempt(
    int? Account, string Name, UInt128 Address, Guid Visitor, Guid? KnownDevice, SignInProof Proof = SignInProof.Password);

/// <summary>
/// Slows guessing down without locking anybody out. A browser that has signed in to the account before has a lane of its own, which
/// nobody else can fill. All others pass three lanes, and wait for the slowest: their own browser's, whatever names it tries; the
/// account's at this address; and the account's from everywhere, which bounds what all of them together can guess to 300 and then
/// one a minute, 1,740 in the first day. There is no lane for an address: a school has one. Names that no account has are
/// slowed down alike, so that waiting does not tell which exist. Each node counts for itself and forgets at its end.
/// Codes have lanes of their own: a right password, which comes before each of them, must not set back what was counted, and only
/// whoever knows the password can fill them.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>For lanes of strangers; about 150 bytes each.</summary>
    public const int MaxLanes = 20_000;

    /// <summary>Three slips of the finger; then 4 s, 8 s … up to an hour. Some 80 guesses a day.</summary>
    internal static readonly ThrottleRule OfBrowser = new(3, TimeSpan.FromSeconds(4), TimeSpan.FromHours(1), TimeSpan.FromMinutes(20));

    /// <summary>The same for a browser that is known; its owner may be slow to remember.</summary>
    internal static readonly ThrottleRule OfKnownDevice =
        new(5, TimeSpan.FromSeconds(4), TimeSpan.FromHours(1), TimeSpan.FromMinutes(20));

    /// <summary>
    /// An account at one address: 150, then 2 s, 4 s … up to a minute. Wide, so that the owner's new browser passes beside twenty at the
    /// same address that guess, each held by its own lane.
    /// </summary>
    internal static readonly ThrottleRule OfPair = new(150, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    /// <summary>An account from everywhere, all browsers that are not known together.</summary>
    internal static readonly ThrottleRule OfAccount =
        new(300, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    /// <summary>
    /// Codes of an account from everywhere, all browsers that are not known together: some 120 in the first day. Three of a million
    /// codes are right at a time.
    /// </summary>
    internal static readonly ThrottleRule OfCodes =
        new(20, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    private readonly long started = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly ThrottleLanes<Guid> browsers = new(OfBrowser, MaxLanes);
    private readonly ThrottleLanes<(int Account, Guid Device)> devices = new(OfKnownDevice, MaxLanes);
    private readonly ThrottleLanes<(Guid Who, UInt128 Address)> pairs = new(OfPair, MaxLanes);
    // Never dropped, or made-up names could push a real account's count out. There are as many as accounts.
    private readonly ThrottleLanes<int> accounts = new(OfAccount, int.MaxValue);
    private readonly ThrottleLanes<Guid> names = new(OfAccount, MaxLanes);
    private readonly ThrottleLanes<(int Account, Guid Device)> codesOfDevices = new(OfKnownDevice, MaxLanes);
    private readonly ThrottleLanes<(int Account, UInt128 Address)> codesOfPairs = new(OfKnownDevice, MaxLanes);
    private readonly ThrottleLanes<int> codes = new(OfCodes, int.MaxValue);

    /// <summary>Lanes in memory, of all kinds.</summary>
    internal int Lanes => browsers.Count + devices.Count + pairs.Count + accounts.Count + names.Count
        + codesOfDevices.Count + codesOfPairs.Count + codes.Count;

    /// <summary>
    /// Counts a try before its password is looked at, so that many at once do not pass. How long to wait; null where it may be tried.
    /// </summary>
    public TimeSpan? Take(SignInAttempt attempt)
    {
        lock (gate)
        {
            var now = Now;
            var lanes = LanesOf(attempt, now);
            var wait = lanes.Max(lane => lane.Wait(now));
            if (wait > TimeSpan.Zero)
                return wait;
            foreach (var lane in lanes)
                lane.Add(now);
            return null;
        }
    }

    /// <summary>How long until the next try, after a wrong one.</summary>
    public TimeSpan Wait(SignInAttempt attempt)
    {
        lock (gate)
            return LanesOf(attempt, Now).Max(lane => lane.Wait(Now));
    }

    /// <summary>
    /// The password was right, or was not looked at. A known device starts afresh; the other lanes only do not count this one, or an
    /// attacker with an account of his own would clear his browser's.
    /// </summary>
    public void TakeBack(SignInAttempt attempt, bool right)
    {
        lock (gate)
        {
            foreach (var lane in LanesOf(attempt, Now))
                if (right && attempt.KnownDevice is not null)
                    lane.Clear();
                else
                    lane.TakeBack();
        }
    }

    /// <summary>Monotonic: a clock that is set frees nobody and holds nobody up.</summary>
    private TimeSpan Now => time.GetElapsedTime(started);

    private ThrottleLane[] LanesOf(SignInAttempt attempt, TimeSpan now) => attempt switch
    {
        { Proof: SignInProof.Passkey } => [browsers.Of(attempt.Visitor, now)],
        { Proof: SignInProof.Code, Account: { } account, KnownDevice: { } device } => [codesOfDevices.Of((account, device), now)],
        { Proof: SignInProof.Code, Account: { } account } =>
            [codesOfPairs.Of((account, attempt.Address), now), codes.Of(account, now)],
        _ => LanesOfPassword(attempt, now),
    };

    private ThrottleLane[] LanesOfPassword(SignInAttempt attempt, TimeSpan now)
    {
        if (attempt is { Account: { } known, KnownDevice: { } device })
            return [devices.Of((known, device), now)];
        var name = HashOf(attempt.Name);
        return
        [
            browsers.Of(attempt.Visitor, now),
            pairs.Of((name, attempt.Address), now),
            attempt.Account is { } account ? accounts.Of(account, now) : names.Of(name, now),
        ];
    }

    /// <summary>Names and cookies as they are sent may be long; their hashes are not.</summary>
    internal static Guid HashOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
