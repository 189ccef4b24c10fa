using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SafetyCampaign.Layout;

/// <summary>
/// Describes the properties of a page's model to MVC, which asks for all of them, of all pages, when the program starts. Those that are not
/// bound it describes without metadata: the framework would read the attributes of each and of everything beside it, for nothing.
/// </summary>
internal sealed class UnboundPageProperties(IPageApplicationModelPartsProvider parts) : IPageApplicationModelPartsProvider
{
    /// <summary>Puts itself before the framework's own.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var own = services.Single(service => service.ServiceType == typeof(IPageApplicationModelPartsProvider)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IPageApplicationModelPartsProvider>(provider =>
            new UnboundPageProperties((IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(provider, own))));
    }

    /// <inheritdoc/>
    public PagePropertyModel CreatePropertyModel(PropertyInfo property)
    {
        var attributes = property.GetCustomAttributes(inherit: true);
        return attributes.Any(IsBinding) || property.DeclaringType!.IsDefined(typeof(BindPropertiesAttribute), inherit: false)
            ? parts.CreatePropertyModel(property)
            : new PagePropertyModel(property, attributes) { PropertyName = property.Name };
    }

    /// <inheritdoc/>
    public PageHandlerModel? CreateHandlerModel(MethodInfo method) => parts.CreateHandlerModel(method);

    /// <inheritdoc/>
    public PageParameterModel CreateParameterModel(ParameterInfo parameter) => parts.CreateParameterModel(parameter);

    /// <inheritdoc/>
    public bool IsHandler(MethodInfo methodInfo) => parts.IsHandler(methodInfo);

    private static bool IsBinding(object attribute) =>
        attribute is IBindingSourceMetadata or IModelNameProvider or IBinderTypeProviderMetadata or IPropertyFilterProvider
            or IRequestPredicateProvider;
}
