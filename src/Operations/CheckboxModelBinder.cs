using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace SafetyCampaign.Operations;

/// <summary>
/// Reads true or false. Of anything else the framework's binder would keep what was sent, and the tag that draws the checkbox again
/// would throw for it, with the value in the message.
/// </summary>
internal sealed class CheckboxModelBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.ModelType == typeof(bool) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var sent = bindingContext.ValueProvider.GetValue(name);
        if (sent == ValueProviderResult.None)
            return Task.CompletedTask;
        if (bool.TryParse(sent.FirstValue, out var ticked))
        {
            bindingContext.ModelState.SetModelValue(name, sent);
            bindingContext.Result = ModelBindingResult.Success(ticked);
            return Task.CompletedTask;
        }
        bindingContext.ModelState.SetModelValue(name, rawValue: bool.FalseString, attemptedValue: bool.FalseString);
        bindingContext.ModelState.TryAddModelError(
            name, bindingContext.ModelMetadata.ModelBindingMessageProvider.ValueIsInvalidAccessor(sent.FirstValue ?? ""));
        return Task.CompletedTask;
    }
}
