using Microsoft.Extensions.Options;

namespace SafetyCampaign.Records.Exports;

/// <summary>The section <c>Exports</c> of the configuration: where weekly exports may go.</summary>
public sealed class ExportSettings
{
    public const string FolderSetting = "Exports:Folder";
    public const string AllowHttpSetting = "Exports:AllowHttp";
    public const string AllowPrivateAddressesSetting = "Exports:AllowPrivateAddresses";

    /// <summary>Where files are written; null where exports go to addresses alone.</summary>
    public string? Folder { get; set; }

    /// <summary>Addresses may begin with <c>http://</c>: what is sent can be read on the way.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Addresses may lead to this machine and into private networks.</summary>
    public bool AllowPrivateAddresses { get; set; }

    internal sealed class Validator : IValidateOptions<ExportSettings>
    {
        public ValidateOptionsResult Validate(string? name, ExportSettings options) =>
            string.IsNullOrEmpty(options.Folder) || Path.IsPathRooted(options.Folder)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{FolderSetting} is \"{options.Folder}\". Set it to the whole path of a folder.");
    }
}
