using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace SafetyCampaign.Layout;

/// <summary>What a form says of a value that does not fit its field, in the reader's language; the framework knows English.</summary>
internal sealed class ModelBindingMessages(IStringLocalizer<LayoutText> localizer) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => localizer["DoesNotFit", value]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => localizer["DoesNotFit", value]);
        messages.SetValueIsInvalidAccessor(value => localizer["DoesNotFit", value]);
        messages.SetValueMustNotBeNullAccessor(value => localizer["DoesNotFit", value]);
    }
}
