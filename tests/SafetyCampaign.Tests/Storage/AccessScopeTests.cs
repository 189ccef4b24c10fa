using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Storage;

/// <summary>An account sees and writes its organization and what lies below it, whatever a page forgets to ask.</summary>
public abstract partial class AccessScopeTests(TwoTrees trees)
{
    /// <summary>Every kind of row an account may write, and the column that says whose it is.</summary>
    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["organization"] = Kind.Of<Organization>("ParentId", o => new Organization("新组织", OrganizationKind.School, o.Organization)),
        ["account"] = Kind.Of<Organizer>("OrganizationId",
            o => new Organizer { UserName = "新", NormalizedUserName = "新", Organization = o.Organization }),
        ["names grant"] = Kind.Of<NamesGrant>("OrganizationId",
            o => new NamesGrant(o.Account, o.Organization, by: 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1))),
        ["token"] = Kind.Of<ApiToken>("OrganizationId", o => new ApiToken(
            o.Organization, "新平台", "new", ApiScopes.Counts, by: 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1))),
        ["export"] = Kind.Of<WeeklyExport>("OrganizationId",
            o => new WeeklyExport(o.Organization, null, null, weekday: 1, hour: 6, by: 1, DateTimeOffset.UnixEpoch)),
        ["class"] = Kind.Of<ClassGroup>("SchoolId", o => new ClassGroup(o.Organization, 6, 1)),
        ["campaign"] = Kind.Of<Campaign>("OrganizationId",
            o => new Campaign(o.Organization, "新计划", new DateOnly(2026, 9, 30), DateTimeOffset.UnixEpoch)),
        ["text"] = Kind.Of<PledgeText>("CampaignId",
            o => o.Campaign.Write(SignerRole.Teacher, new PledgeWording("承诺书", ["一"], "二"), DateTimeOffset.UnixEpoch)),
        ["rules"] = Kind.Of<ChildrenRules>("CampaignId",
            o => o.Campaign.Settle(RulesSettings.Usual("新社区", new DateOnly(2026, 8, 31)), DateTimeOffset.UnixEpoch)),
        ["event"] = Kind.Of<CampaignEvent>("OrganizationId",
            o => new CampaignEvent(o.Campaign, o.Organization, "新活动", "广场", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)),
        ["scene"] = Kind.Of<Scene>("EventId", o =>
        {
            var scene = new Scene(SceneKind.Oath, "宣誓");
            o.Event.Scenes.Add(scene);
            return scene;
        }),
    };

    public static TheoryData<string, Place> EveryKindEverywhere =>
        [.. from kind in Kinds.Keys from place in Enum.GetValues<Place>() select new TheoryDataRow<string, Place>(kind, place)];

    [Theory, MemberData(nameof(EveryKindEverywhere))]
    public async Task Sees_only_its_own_subtree(string kind, Place place)
    {
        foreach (var accessScope in new[] { trees.Writer, trees.Observer })
        {
            await using var db = trees.Get<CampaignDbFactory>().Open(accessScope);
            Assert.Equal(IsWithin(place) ? 1 : 0, await Kinds[kind].CountAsync(db, trees.IdOf(place)));
        }
    }

    [Theory, MemberData(nameof(EveryKindEverywhere))]
    public async Task Adds_only_to_its_own_subtree(string kind, Place place) =>
        await AssertGuardedAsync(place, async db => db.Add(Kinds[kind].New(await OwnersAsync(db, place))));

    [Theory, MemberData(nameof(EveryKindEverywhere))]
    public async Task Changes_only_its_own_subtree(string kind, Place place) =>
        await AssertGuardedAsync(place, async db =>
        {
            var row = await ForeignRowAsync(kind, place);
            if (row is Organizer account)
                account.Role = OrganizerRole.Administrator; // An own account that is saved unchanged is nobody's harm.
            db.Update(row);
        });

    [Theory, MemberData(nameof(EveryKindEverywhere))]
    public async Task Removes_only_from_its_own_subtree(string kind, Place place) =>
        await AssertGuardedAsync(place, async db => db.Remove(await ForeignRowAsync(kind, place)));

    public static TheoryData<string> EveryKind => [.. Kinds.Keys];

    [Theory, MemberData(nameof(EveryKind))]
    public async Task Neither_gives_away_nor_takes(string kind)
    {
        await using var everything = trees.OpenStore();
        var owner = Kinds[kind].Owner;
        Assert.True(await IsRefusedAsync(trees.Writer, db => MoveAsync(db, Place.Own, Place.Sibling)), "given away");
        Assert.True(await IsRefusedAsync(trees.Writer, db => MoveAsync(db, Place.Sibling, Place.Own)), "taken");

        async Task MoveAsync(CampaignDb db, Place from, Place to)
        {
            var ownerThere = everything.Entry(await Kinds[kind].LoadAsync(everything, trees.IdOf(to))).Property(owner).CurrentValue;
            // Below the same street: an organization is moved by hanging it below the other community.
            var entry = db.Attach(await ForeignRowAsync(kind, from));
            entry.Property(owner).CurrentValue = kind == "organization" ? trees.IdOf(to) : ownerThere;
            Assert.Equal(EntityState.Modified, entry.State);
        }
    }

    [Fact]
    public async Task Invites_only_its_own_classes_to_its_own_events()
    {
        Assert.False(await IsRefusedAsync(trees.Writer, db => InviteAsync(db, Place.Own, Place.Below)));
        Assert.True(await IsRefusedAsync(trees.Writer, db => InviteAsync(db, Place.Own, Place.Sibling)));
        Assert.True(await IsRefusedAsync(trees.Writer, db => InviteAsync(db, Place.Sibling, Place.Own)));
        Assert.True(await IsRefusedAsync(trees.Observer, db => InviteAsync(db, Place.Own, Place.Below)));

        async Task InviteAsync(CampaignDb db, Place host, Place guest)
        {
            var gathering = (CampaignEvent)await ForeignRowAsync("event", host);
            var group = (ClassGroup)await ForeignRowAsync("class", guest);
            db.AttachRange(gathering, group);
            gathering.Classes.Add(group);
        }
    }

    [Theory]
    [InlineData(Place.Own)]
    [InlineData(Place.Sibling)]
    public async Task Reads_pledges_of_its_events_and_writes_none(Place place)
    {
        var eventId = await trees.IdOfAsync<CampaignEvent>(place);
        await using (var db = trees.Get<CampaignDbFactory>().Open(trees.Writer))
        {
            Assert.Equal(IsWithin(place) ? 1 : 0, await db.Pledges.CountAsync(p => p.EventId == eventId, Cancellation));
            Assert.Equal(IsWithin(place) ? 1 : 0, await db.Acts.CountAsync(a => a.EventId == eventId, Cancellation));
            Assert.Empty(await db.Signatures.ToListAsync(Cancellation));
        }
        Assert.True(await IsRefusedAsync(trees.Writer, db => Task.FromResult(db.Add(new Pledge { Sequence = 99, EventId = eventId }))));
        Assert.True(await IsRefusedAsync(trees.Writer, db => Task.FromResult(db.Add(new Signature { Sequence = 99 }))));
        Assert.True(await IsRefusedAsync(trees.Writer, db => Task.FromResult(db.Add(new LedgerAct { Sequence = 99, EventId = eventId }))));
    }

    [Fact]
    public async Task Without_sign_in_nothing_is_seen()
    {
        await using var db = trees.Get<CampaignDbFactory>().Open(AccessScope.Nothing);
        foreach (var (kind, place) in from kind in Kinds.Values from place in Enum.GetValues<Place>() select (kind, place))
            Assert.Equal(0, await kind.CountAsync(db, trees.IdOf(place)));
    }

    [Fact]
    public async Task Everybody_may_change_the_own_password_and_nothing_else_of_an_account()
    {
        Assert.False(await IsRefusedAsync(trees.Observer,
            db => ChangeAccountAsync(db, Place.Own, account => account.PasswordHash = "new")));
        Assert.True(await IsRefusedAsync(trees.Observer,
            db => ChangeAccountAsync(db, Place.Own, account => account.Role = OrganizerRole.Administrator)));
        Assert.True(await IsRefusedAsync(trees.Observer,
            db => ChangeAccountAsync(db, Place.Below, account => account.PasswordHash = "new")));
        Assert.True(await IsRefusedAsync(trees.Writer,
            db => ChangeAccountAsync(db, Place.Sibling, account => account.PasswordHash = "new")));
    }

    [Fact]
    public async Task Signing_in_hashes_a_password_anew_before_anybody_is_known()
    {
        Assert.False(await IsRefusedAsync(AccessScope.Nothing,
            db => ChangeAccountAsync(db, Place.Own, account => account.PasswordHash = "anew")));
        Assert.True(await IsRefusedAsync(AccessScope.Nothing,
            db => ChangeAccountAsync(db, Place.Own, account => account.Role = OrganizerRole.Administrator)));
    }

    [Fact]
    public void A_reach_without_a_path_is_not_everything() => Assert.Throws<ArgumentException>(() => new AccessScope("", MayWrite: true));

    [Fact]
    public void Of_the_desk_only_these_go_around_the_reach_of_an_account() => Assert.Equal(
        [
            "Desk/Access/OrganizerSessions.cs", "Desk/SecondFactor/SecondFactors.cs", "Organizing/Clock/ClockPage.cshtml.cs",
            "Organizing/Events/LostReceipt/LostReceiptSearch.cs", "Organizing/Events/Review/ReviewStore.cs",
            "Organizing/Events/Signers/SignerList.cs", "Organizing/Organizations/ClassUse.cs",
            "Organizing/Organizations/Merge/OrganizationMerger.cs",
            "Organizing/Organizations/OrganizationMover.cs", "Organizing/Participations/ParticipationReader.cs",
            "Organizing/SetUp/AdministratorSetup.cs", "Organizing/SetUp/SetUpInvitation.cs", "Organizing/SetUp/SetUpPage.cshtml.cs",
        ],
        Source.Files(".cs", ".cshtml")
            .Where(f => Source.Room(f.Path) is "Desk" or "Organizing" && GoesAround().IsMatch(f.Text)).Select(f => f.Path));

    /// <summary>A store of one's own, a reach of everything, and what EF does without filter or guard.</summary>
    [GeneratedRegex(@"\bCampaignDbFactory\b|AccessScope\.Everything|\.Widened|Execute(Update|Delete|Sql)|FromSql|IgnoreQueryFilters")]
    private static partial Regex GoesAround();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static bool IsWithin(Place place) => place is Place.Own or Place.Below;

    private async Task AssertGuardedAsync(Place place, Func<CampaignDb, Task> act)
    {
        Assert.Equal(!IsWithin(place), await IsRefusedAsync(trees.Writer, act));
        Assert.True(await IsRefusedAsync(trees.Observer, act), "An observer wrote.");
    }

    /// <summary>Saves and undoes. Only a refusal of the access scope counts, not one by the database or by a rule of the entity.</summary>
    private async Task<bool> IsRefusedAsync(AccessScope accessScope, Func<CampaignDb, Task> act)
    {
        await using var db = trees.Get<CampaignDbFactory>().Open(accessScope);
        await using var undone = await db.Database.BeginTransactionAsync(Cancellation);
        await act(db);
        try
        {
            await db.SaveChangesAsync(Cancellation);
            return false;
        }
        catch (AccessScopeViolationException)
        {
            return true;
        }
        catch (Exception failure) when (failure is DbUpdateException or InvalidOperationException)
        {
            return false; // a text version that is changed is refused for another reason: it stays as it was written
        }
    }

    /// <summary>A row as a page might have come by it without asking whose it is.</summary>
    private async Task<object> ForeignRowAsync(string kind, Place place)
    {
        await using var everything = trees.OpenStore();
        return await Kinds[kind].LoadAsync(everything, trees.IdOf(place));
    }

    private async Task<Owners> OwnersAsync(CampaignDb db, Place place)
    {
        var owners = new Owners(
            (Organization)await ForeignRowAsync("organization", place), (Campaign)await ForeignRowAsync("campaign", place),
            (CampaignEvent)await ForeignRowAsync("event", place), (Organizer)await ForeignRowAsync("account", place));
        db.AttachRange(owners.Organization, owners.Campaign, owners.Event);
        await db.Entry(owners.Campaign).Collection(c => c.Rules).Query().IgnoreQueryFilters().LoadAsync(Cancellation);
        return owners;
    }

    private async Task ChangeAccountAsync(CampaignDb db, Place place, Action<Organizer> change)
    {
        var account = (Organizer)await ForeignRowAsync("account", place);
        change(account);
        db.Update(account); // As the accounts' store does: every column counts as changed.
    }

    private sealed record Owners(Organization Organization, Campaign Campaign, CampaignEvent Event, Organizer Account);

    private sealed record Kind(
        string Owner, Func<Owners, object> New, Func<CampaignDb, int, Task<int>> CountAsync, Func<CampaignDb, int, Task<object>> LoadAsync)
    {
        public static Kind Of<T>(string owner, Func<Owners, T> create) where T : class => new(
            owner, create,
            (db, organization) => TwoTrees.Rows<T>(db, organization).CountAsync(Cancellation),
            async (db, organization) => await TwoTrees.Rows<T>(db, organization).SingleAsync(Cancellation));
    }
}

public sealed class AccessScopeOnSqliteTests(TwoTrees trees) : AccessScopeTests(trees), IClassFixture<TwoTrees>;

public sealed class AccessScopeOnPostgresTests(TwoTreesOnPostgres trees) : AccessScopeTests(trees.Required),
    IClassFixture<TwoTreesOnPostgres>;
