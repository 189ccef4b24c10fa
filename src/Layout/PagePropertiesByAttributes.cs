using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SafetyCampaign.Layout;

/// <summary>
/// Describes the properties of a page's model to MVC, which asks for all of them, of all pages, when the program starts: by their
/// attributes alone. The framework would also make metadata of each and of everything beside it, which binding asks for again once a
/// page is opened.
/// </summary>
internal sealed class PagePropertiesByAttributes(IPageApplicationModelPartsProvider parts) : IPageApplicationModelPartsProvider
{
    /// <summary>Puts itself before the framework's own.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var own = services.Single(service => service.ServiceType == typeof(IPageApplicationModelPartsProvider)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IPageApplicationModelPartsProvider>(provider =>
            new PagePropertiesByAttributes((IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(provider, own))));
    }

    /// <inheritdoc/>
    public PagePropertyModel CreatePropertyModel(PropertyInfo property)
    {
        // A file is bound by its type, which is metadata.
        if (typeof(IFormFile).IsAssignableFrom(property.PropertyType)
            || typeof(IEnumerable<IFormFile>).IsAssignableFrom(property.PropertyType))
            return parts.CreatePropertyModel(property);
        var attributes = property.GetCustomAttributes(inherit: true);
        return new PagePropertyModel(property, attributes)
        {
            PropertyName = property.Name,
            BindingInfo = BindingInfo.GetBindingInfo(attributes),
        };
    }

    /// <inheritdoc/>
    public PageHandlerModel? CreateHandlerModel(MethodInfo method) => parts.CreateHandlerModel(method);

    /// <inheritdoc/>
    public PageParameterModel CreateParameterModel(ParameterInfo parameter) => parts.CreateParameterModel(parameter);

    /// <inheritdoc/>
    public bool IsHandler(MethodInfo methodInfo) => parts.IsHandler(methodInfo);
}
