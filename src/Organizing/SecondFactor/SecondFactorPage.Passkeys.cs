using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Organizing.SecondFactor;

/// <summary>Adding a passkey: the script asks for what the browser is to sign, has it signed, and sends it.</summary>
public sealed partial class SecondFactorPage
{
    /// <summary>What is kept between the two requests, sealed in a cookie: the password was right, and the name fits.</summary>
    private sealed record PendingPasskey(int Account, string Name, string State);

    [BindProperty]
    public string? PasskeyName { get; set; }

    /// <summary>What the browser is asked, as JSON (WebAuthn 5.4); or why it is not, under <c>error</c>.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync()
    {
        var name = (PasskeyName ?? "").Trim();
        if (!passkeySite.IsOpenTo(Request))
            return Error(localizer["Passkey.Unsupported"]);
        if (name.Length is 0 or > SecondFactors.PasskeyNameMaxLength || !AllowedCharacters.InLine(name))
            return Error(localizer["Passkey.NameWrong", SecondFactors.PasskeyNameMaxLength]);
        if (await ConfirmAsync("") is not { } account)
            return Error(string.Join(' ', ModelState.Values.SelectMany(entry => entry.Errors).Select(error => error.ErrorMessage)));
        if ((await factors.ReadAsync(account.Id, Stop)).Passkeys.Count >= SecondFactors.MaxPasskeys)
            return Error(localizer["Passkey.TooMany", SecondFactors.MaxPasskeys]);
        var entity = new PasskeyUserEntity { Id = $"{account.Id}", Name = account.UserName!, DisplayName = account.UserName! };
        var made = await passkeys.MakeCreationOptionsAsync(entity, HttpContext);
        cookies.Write(HttpContext, StepCookies.Passkey, new PendingPasskey(account.Id, name, made.AttestationState ?? ""));
        return Content(made.CreationOptionsJson, "application/json");
    }

    /// <param name="credential">What the browser has made, as JSON.</param>
    public async Task<IActionResult> OnPostAddPasskeyAsync(string? credential)
    {
        var pending = cookies.Read<PendingPasskey>(HttpContext, StepCookies.Passkey);
        cookies.Remove(HttpContext, StepCookies.Passkey);
        if (pending is null || pending.Account != User.AccountId() || await accounts.GetUserAsync(User) is not { } account)
            return await RefuseAsync("", "Passkey.Failed");
        var made = await passkeys.PerformAttestationAsync(new PasskeyAttestationContext
        {
            HttpContext = HttpContext,
            CredentialJson = credential ?? "",
            AttestationState = pending.State,
        });
        if (!made.Succeeded || made.UserEntity.Id != $"{account.Id}"
            || !await factors.SpendChallengeAsync(account.Id, pending.State, Stop))
            return await RefuseAsync("", "Passkey.Failed");
        made.Passkey.Name = pending.Name;
        return await ChangedAsync(account, "Done.Passkey",
            await factors.AddPasskeyAsync(account.Id, made.Passkey, User.Actor(), Stop));
    }

    private JsonResult Error(string why) => new(new { error = why })
    {
        StatusCode = Response.StatusCode == StatusCodes.Status200OK ? StatusCodes.Status400BadRequest : Response.StatusCode,
    };
}
